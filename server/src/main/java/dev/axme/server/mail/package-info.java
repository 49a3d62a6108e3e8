/**
 * Mails to people: what they say and when they are sent.
 *
 * <p>Start at {@link dev.axme.server.mail.MailRoad}: where mails go on this server.
 */
@NullMarked
package dev.axme.server.mail;

import org.jspecify.annotations.NullMarked;
