package dev.axme.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The one table of settings: the source of {@code axme up --help}, of the documentation's page and
 * of what is read. The flag is the word everywhere: {@code --public-url}, {@code AXME_PUBLIC_URL}.
 */
public enum Setting {
  HOST("--host", "127.0.0.1", "Address to listen on. 0.0.0.0 opens the server to the network."),
  PORT("--port", "8420", "Port to listen on; 0 takes a free one. PORT is read too."),
  DATA("--data", "~/.axme", "Directory for the embedded store, the credentials and the lock."),
  STORE(
      "--store",
      "sqlite",
      "Where requests are kept: sqlite (a file in the data directory), or"
          + " postgres://user:password@host:port/database."),
  PUBLIC_URL(
      "--public-url", "", "How people reach this server, for links: https://axme.example.com."),
  MAX_PAYLOAD("--max-payload", "1048576", "Largest payload of a request, in bytes."),
  ALLOW_BOOTSTRAP(
      "--allow-bootstrap",
      "false",
      "Lets anybody who reaches the port create an organization (POST /v1/alpha/bootstrap)."),
  SMTP_HOST("--smtp-host", "", "Mail server that reaches people."),
  SMTP_PORT("--smtp-port", "", "Its port; 587, 465 or 25 as --smtp-security says."),
  SMTP_USER("--smtp-user", "", "Name to sign in with there."),
  SMTP_PASSWORD(
      "--smtp-password", "", "Password to sign in with; a flag can be seen by others, a file not."),
  SMTP_SECURITY(
      "--smtp-security",
      "starttls",
      "starttls, tls (encrypted from the first byte) or none. Nothing is sent unencrypted unless"
          + " none says so."),
  MAIL_FROM(
      "--mail-from", "", "Whom mails come from; by default the --smtp-user, if it is an address."),
  MAIL_FILE(
      "--mail-file",
      "",
      "Directory for mails as .eml files while there is no mail server, off for none; by default"
          + " mail in the data directory."),
  ALLOW_PRIVATE_CALLBACKS(
      "--allow-private-callbacks",
      "loopback",
      "Whether agents and webhooks may be called on this machine and in its private networks: true,"
          + " false, or loopback, which is true while only this machine reaches the server."),
  METRICS_PORT(
      "--metrics-port",
      "",
      "Port of its own for /metrics and /health, without keys; 0 takes a free one."),
  METRICS_HOST("--metrics-host", "127.0.0.1", "Address that the metrics port listens on."),
  LOG("--log", "text", "Form of the log on stderr: text or json."),
  JSON("--json", "false", "Print one JSON line on stdout when requests are served, no banner."),
  NO_CONTEXT("--no-context", "false", "Do not write the login key into the CLI's contexts.");

  private final String flag;
  private final String fallback;
  private final String meaning;

  Setting(String flag, String fallback, String meaning) {
    this.flag = flag;
    this.fallback = fallback;
    this.meaning = meaning;
  }

  public String flag() {
    return flag;
  }

  /** The environment variable; with {@code _FILE} behind it, a file that holds the value. */
  public String variable() {
    return "AXME_" + name();
  }

  /** What holds when nobody says anything. */
  public String fallback() {
    return fallback;
  }

  public String meaning() {
    return meaning;
  }

  /** Whether the flag may stand without a value. */
  public boolean isSwitch() {
    return fallback.equals("false") || this == ALLOW_PRIVATE_CALLBACKS;
  }

  static List<String> flags() {
    return new ArrayList<>(Arrays.stream(values()).map(Setting::flag).toList());
  }

  /** The table as help for a terminal. */
  public static String help() {
    StringBuilder help = new StringBuilder();
    for (Setting setting : values()) {
      String left = setting.flag + (setting.isSwitch() ? "" : " VALUE");
      help.append("  %-24s %s".formatted(left, setting.meaning));
      help.append(
          "%n  %-24s %s%s%n"
              .formatted(
                  "",
                  setting.variable(),
                  setting.fallback.isEmpty() ? "" : ", default " + setting.fallback));
    }
    return help.toString();
  }

  /** The table as Markdown, for the documentation. */
  public static String markdown() {
    StringBuilder table = new StringBuilder("| flag | variable | default | meaning |\n");
    table.append("| --- | --- | --- | --- |\n");
    for (Setting setting : values()) {
      table.append(
          "| `%s` | `%s` | %s | %s |\n"
              .formatted(
                  setting.flag,
                  setting.variable(),
                  setting.fallback.isEmpty() ? "" : "`" + setting.fallback + "`",
                  setting.meaning));
    }
    return table.toString();
  }
}
