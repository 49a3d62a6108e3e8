package dev.axme.channels.mail;

import java.util.Optional;

/** A mail server, and how it is talked to. */
public record SmtpAccount(String host, int port, Security security, Optional<Login> login) {

  /** How the connection is protected. */
  public enum Security {
    /** Plain at first, then encrypted, or nothing is sent. */
    STARTTLS(587),
    /** Encrypted from the first byte. */
    TLS(465),
    /** Not at all: for a server on the same machine. */
    NONE(25);

    private final int port;

    Security(int port) {
      this.port = port;
    }

    /** The port that such servers listen on. */
    public int port() {
      return port;
    }
  }

  /** The name and password of a sender; a password is never part of a text. */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }
}
