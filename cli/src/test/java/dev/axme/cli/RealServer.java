package dev.axme.cli;

import dev.axme.cli.Typed.At;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One real server in a process of its own, shared by all test classes of a run and stopped at its
 * end.
 */
final class RealServer implements BeforeAllCallback, ParameterResolver {
  private static final ExtensionContext.Namespace HERE =
      ExtensionContext.Namespace.create(RealServer.class);

  /** The server with its data, until the run ends. */
  record Running(DemoServer server, Path data) implements AutoCloseable {
    static Running start() {
      try {
        Path data = Files.createTempDirectory("axme-cli-test-");
        return new Running(DemoServer.start(data, 0), data);
      } catch (IOException e) {
        throw new IllegalStateException("Expected a server to start", e);
      }
    }

    String url() {
      return server.serving().baseUrl();
    }

    String loginKey() {
      return server.serving().apiKey().orElseThrow();
    }

    String agentKey() {
      return server.serving().agentApiKey().orElseThrow();
    }

    /** The shell of the owner, who is logged in. */
    At owner(Path home) {
      At shell = At.home(home);
      Typed login = shell.axme("login", "--api-key", loginKey(), "--base-url", url());
      if (login.exitCode() != Exit.DONE) {
        throw new IllegalStateException("Expected to log in, but: " + login.err());
      }
      return shell;
    }

    /** The shell of an agent: it knows its key from the environment, and nothing else. */
    At agent(Path home) {
      return At.home(home).with("AXME_BASE_URL", url()).with("AXME_API_KEY", agentKey());
    }

    @Override
    public void close() {
      server.stop();
      DemoCommand.delete(data);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Running.class;
  }

  @Override
  public Running resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return running(context);
  }

  private static Running running(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(HERE)
        .computeIfAbsent(Running.class, type -> Running.start(), Running.class);
  }
}
