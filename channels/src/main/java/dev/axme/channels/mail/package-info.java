/** Mails over SMTP or into files: transport only, what they say is made elsewhere. */
@NullMarked
package dev.axme.channels.mail;

import org.jspecify.annotations.NullMarked;
