package dev.axme.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The flags that every command takes. */
@Command(
    name = "axme",
    description = "Durable human approval of what AI agents do.",
    synopsisSubcommandLabel = "COMMAND")
final class Root {
  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON for programs.")
  boolean json;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "The server (AXME_BASE_URL).")
  @Nullable String baseUrl;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      scope = ScopeType.INHERIT,
      description = "A login key or an agent's key (AXME_API_KEY).")
  @Nullable String apiKey;

  @Option(
      names = {"--actor-token", "--bearer-token"},
      paramLabel = "TOKEN",
      scope = ScopeType.INHERIT,
      description = "An actor token (AXME_ACTOR_TOKEN).")
  @Nullable String actorToken;

  @Option(
      names = "--context-name",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Use this context for once.")
  @Nullable String contextName;

  @Option(
      names = "--owner-agent",
      paramLabel = "ADDRESS",
      scope = ScopeType.INHERIT,
      description = "Act on behalf of this address (AXME_OWNER_AGENT).")
  @Nullable String ownerAgent;

  @Option(
      names = "--org-id",
      paramLabel = "ID",
      scope = ScopeType.INHERIT,
      description = "The organization (AXME_ORG_ID).")
  @Nullable String orgId;

  @Option(
      names = "--workspace-id",
      paramLabel = "ID",
      scope = ScopeType.INHERIT,
      description = "The workspace (AXME_WORKSPACE_ID).")
  @Nullable String workspaceId;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "A name for where this is, such as staging (AXME_ENVIRONMENT).")
  @Nullable String environment;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  boolean version;
}
