package dev.axme.server.mail;

import dev.axme.channels.mail.MailAddress;
import dev.axme.channels.mail.MailSender;
import dev.axme.engine.Channel;
import dev.axme.engine.Engine;
import dev.axme.server.links.LinkTokens;
import dev.axme.store.Store;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;

/** All that sends mails to people, when something does: what it sends with, and its channels. */
public final class Postbox implements AutoCloseable {
  private final MailRoad road;
  private final List<MailSender> senders;

  public Postbox(MailRoad road) {
    this.road = road;
    this.senders = road.open().stream().toList();
  }

  /** Whether people hear of anything. */
  public boolean reachesPeople() {
    return !senders.isEmpty();
  }

  /**
   * The channels, for an engine that gives their commands.
   *
   * @param links signs the ways in
   * @param url where the pages are
   * @param reachable whether the operator has said that people get there
   */
  public List<Channel> channels(
      Store store, Engine engine, LinkTokens links, Supplier<String> url, boolean reachable) {
    if (senders.isEmpty()) {
      return List.of();
    }
    MailAddress from = road.sender().orElseThrow();
    TaskMail composer = new TaskMail(links, url, reachable, ZoneId.systemDefault());
    return List.of(
        new NoticeChannel(store, engine),
        new MailChannel(store, engine, senders.getFirst(), from, composer));
  }

  @Override
  public void close() {
    senders.forEach(MailSender::close);
  }
}
