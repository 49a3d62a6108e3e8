/**
 * Mails to people: whom they reach, what they say and what became of them.
 *
 * <p>Start at {@link dev.axme.server.mail.Postbox}. {@link dev.axme.server.mail.MailRoad} is where
 * mails go on this server; {@link dev.axme.server.mail.NoticeChannel} finds out whom a notice
 * reaches, {@link dev.axme.server.mail.MailChannel} writes to one of them, {@link
 * dev.axme.server.mail.NotificationRoutes} tells the requester. The words and the HTML are made in
 * {@link dev.axme.server.pages.Mails}, the transport is {@code dev.axme.channels.mail}.
 */
@NullMarked
package dev.axme.server.mail;

import org.jspecify.annotations.NullMarked;
