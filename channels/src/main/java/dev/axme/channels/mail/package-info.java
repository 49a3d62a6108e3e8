/**
 * Mails over SMTP or into files: transport only, what they say is made elsewhere.
 *
 * <p>Start at {@link dev.axme.channels.mail.MailSender}. {@link dev.axme.channels.mail.MailAddress}
 * and {@link dev.axme.channels.mail.MailMessage} are where hostile texts become harmless; nothing
 * else in here looks at them. The mail library ends at this package.
 */
@NullMarked
package dev.axme.channels.mail;

import org.jspecify.annotations.NullMarked;
