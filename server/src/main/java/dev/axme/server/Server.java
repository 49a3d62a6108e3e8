package dev.axme.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.channels.http.CallRule;
import dev.axme.channels.http.Outbound;
import dev.axme.core.WorkspaceId;
import dev.axme.engine.Channel;
import dev.axme.engine.Engine;
import dev.axme.server.http.Dispatcher;
import dev.axme.server.http.Guard;
import dev.axme.server.http.HttpPort;
import dev.axme.server.http.Json;
import dev.axme.server.http.Route;
import dev.axme.server.http.Router;
import dev.axme.server.identity.Callbacks;
import dev.axme.server.identity.Callers;
import dev.axme.server.identity.IdentityRoutes;
import dev.axme.server.identity.Nonces;
import dev.axme.server.identity.Provisioning;
import dev.axme.server.identity.Sessions;
import dev.axme.server.inbox.InboxRoutes;
import dev.axme.server.intents.AgentStreamRoutes;
import dev.axme.server.intents.Decisions;
import dev.axme.server.intents.IntentRoutes;
import dev.axme.server.links.LinkTokens;
import dev.axme.server.mail.NotificationRoutes;
import dev.axme.server.mail.Postbox;
import dev.axme.server.metrics.MetricsRoutes;
import dev.axme.server.outbox.Outward;
import dev.axme.server.push.Pushes;
import dev.axme.server.scenarios.ScenarioRoutes;
import dev.axme.server.web.CallerPages;
import dev.axme.server.web.WebRoutes;
import dev.axme.server.webhooks.Publisher;
import dev.axme.server.webhooks.Subscribers;
import dev.axme.server.webhooks.ThreadNews;
import dev.axme.server.webhooks.WebhookChannel;
import dev.axme.server.webhooks.WebhookOutlet;
import dev.axme.server.webhooks.WebhookRoutes;
import dev.axme.store.Directory;
import dev.axme.store.Store;
import dev.axme.store.postgres.PostgresStore;
import dev.axme.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server. {@link #start} reads as the list of its parts. */
public final class Server implements AutoCloseable {
  /** The program's version; {@code dev} when it does not run from its jar. */
  public static final String VERSION =
      Optional.ofNullable(Server.class.getPackage().getImplementationVersion()).orElse("dev");

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final int ROOM_FOR_THE_REST = 256 * 1024;

  private final Settings settings;
  private final DataDirectory data;
  private final Store store;
  private final Engine engine;
  private final Postbox mail;
  private final Pushes pushes;
  private final CompletableFuture<String> bound = new CompletableFuture<>();
  private final Callers callers;
  private final Subscribers subscribers;
  private final Outbound outbound;
  private final HttpPort port;
  private final ExecutorService workers;
  private final Provisioning provisioning;
  private final LinkTokens links;
  private final Router router;
  private final Telemetry telemetry;
  private final String baseUrl;
  private final Optional<String> metricsUrl;
  private final Optional<Credentials> credentials;
  private boolean closed;

  private Server(Settings settings, DataDirectory data, Store store) {
    this.settings = settings;
    this.data = data;
    this.store = store;
    this.telemetry = new Telemetry(store, settings.telemetry());
    this.provisioning = new Provisioning(store.directory(), store::now);
    this.credentials = credentials(provisioning, data.path());
    this.links = new LinkTokens(store.directory());
    this.mail = new Postbox(settings.mail());
    this.outbound = new Outbound(new CallRule(settings.privateCallbacks()));
    this.pushes = new Pushes(store, outbound);
    this.subscribers = new Subscribers(store);
    Outward outward =
        new Outward(
            mail.reachesPeople(),
            List.of(pushes.outlet(), new WebhookOutlet(subscribers)),
            List.of(
                this::mailChannels,
                started -> List.of(pushes.channel(started)),
                _ -> List.of(new WebhookChannel(store, outbound))));
    this.engine = new Engine(store, outward, outward::channels, telemetry.engine());
    this.callers = new Callers(store.directory(), store::now);
    this.workers = Executors.newVirtualThreadPerTaskExecutor();
    this.router = new Router(routes());
    this.port =
        new HttpPort(
            dispatcher(router, settings.host()),
            workers,
            settings.maxPayload() + ROOM_FOR_THE_REST);
    callers.start(this::directoryChanged);
    pushes.start(engine::ringOutbox);
    engine.start();
    telemetry.metrics().over(store, engine, port::openStreams);
    this.baseUrl = url(settings.host(), listen());
    bound.complete(baseUrl);
    this.metricsUrl = settings.metrics().map(own -> url(own.host(), listen(own)));
    data.announce(baseUrl);
  }

  private static String url(String host, int port) {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private Dispatcher dispatcher(Router behind, String host) {
    Gate gate = new Gate(callers, CallerPages::page);
    Guard guard = new Guard(host, settings.publicUrl());
    return new Dispatcher(
        new Dispatcher.Desk(behind, gate, guard), engine, workers, telemetry.http());
  }

  /** What is due is sent as soon as the engine runs, and says then where the pages are. */
  private List<Channel> mailChannels(Engine forThem) {
    return mail.channels(
        store,
        forThem,
        links,
        () -> settings.publicUrl().orElseGet(bound::join),
        settings.publicUrl().isPresent());
  }

  /** Makes what a new store needs; the secrets of that moment are kept in the data directory. */
  private static Optional<Credentials> credentials(Provisioning provisioning, Path data) {
    boolean[] kept = {false};
    Optional<Credentials> fresh =
        provisioning
            .first(
                owner -> {
                  kept[0] = true;
                  Credentials.of(owner).write(data);
                })
            .map(Credentials::of);
    if (fresh.isEmpty() && kept[0]) {
      // Another node was quicker: what we kept opens nothing.
      Credentials.forget(data);
    }
    return fresh.or(() -> Credentials.read(data));
  }

  private void directoryChanged() {
    subscribers.refresh();
    port.recheckStreams();
    pushes.directoryChanged();
  }

  private int listen() {
    return listen(() -> port.listen(settings.host(), settings.port()));
  }

  /** The port for who watches over the server: whoever reaches it may read. */
  private int listen(Settings.Listening own) {
    List<Route> routes = new ArrayList<>(health().probes());
    routes.addAll(new MetricsRoutes(telemetry.metrics()).routes(Route.Access.PUBLIC));
    Dispatcher dispatcher = dispatcher(new Router(routes), own.host());
    return listen(() -> port.listenFor(dispatcher, own.host(), own.port()));
  }

  private int listen(IntSupplier listening) {
    try {
      return listening.getAsInt();
    } catch (HttpPort.CannotListen e) {
      stopParts();
      throw e;
    }
  }

  private HealthRoutes health() {
    return new HealthRoutes(store, settings.mail(), new OpenApi(this::publicUrl));
  }

  private List<Route> routes() {
    Decisions decisions = new Decisions(store);
    Callbacks callbacks = new Callbacks(outbound.rule());
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new IntentRoutes(store, engine.feeds(), callers, decisions, settings.maxPayload())
            .routes());
    routes.addAll(new NotificationRoutes(store).routes());
    routes.addAll(new ScenarioRoutes(store, callers, callbacks, settings.maxPayload()).routes());
    routes.addAll(new AgentStreamRoutes(store, engine).routes());
    routes.addAll(pushes.routes(engine::ringOutbox));
    routes.addAll(new InboxRoutes(store, callers, decisions, new ThreadNews(subscribers)).routes());
    Publisher publisher = new Publisher(store, subscribers, engine::ringOutbox);
    routes.addAll(
        new WebhookRoutes(store, callers, publisher, callbacks, settings.maxPayload()).routes());
    routes.addAll(
        new IdentityRoutes(
                store.directory(),
                callers,
                callbacks,
                store::now,
                this::publicUrl,
                settings.allowBootstrap())
            .routes());
    routes.addAll(
        new WebRoutes(
                store,
                new WebRoutes.Entry(
                    callers,
                    new Sessions(store.directory(), callers, store::now),
                    new Nonces(store.directory(), store::now),
                    links,
                    engine::submit),
                decisions,
                settings.publicUrl().map(u -> u.startsWith("https:")).orElse(false))
            .routes());
    routes.addAll(health().routes());
    routes.addAll(
        new MetricsRoutes(telemetry.metrics())
            .routes(settings.local() ? Route.Access.PUBLIC : Route.Access.ADMIN));
    return routes;
  }

  /** Starts a server; it serves requests when this returns. */
  public static Server start(Settings settings) {
    Logging.configure(settings.jsonLog());
    settings.warnings().forEach(LOG::warn);
    settings.mail().remark().ifPresent(LOG::warn);
    DataDirectory data = DataDirectory.take(settings.data());
    try {
      Store store = open(settings);
      try {
        return new Server(settings, data, store);
      } catch (RuntimeException e) {
        store.close();
        throw e;
      }
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  static Store open(Settings settings) {
    Path embedded = settings.data().resolve(DataDirectory.DATABASE);
    return settings
        .postgres()
        .<Store>map(PostgresStore::open)
        .orElseGet(() -> SqliteStore.open(embedded, InstantSource.system()));
  }

  /** Where it listens. */
  public String baseUrl() {
    return baseUrl;
  }

  /** Where the port for metrics and health listens, if it has one. */
  public Optional<String> metricsUrl() {
    return metricsUrl;
  }

  /** How people reach it: {@code --public-url}, else where it listens. */
  public String publicUrl() {
    return settings.publicUrl().orElse(baseUrl);
  }

  /** The secrets of the first start, if this server's data directory holds them. */
  public Optional<Credentials> credentials() {
    return credentials;
  }

  public Path dataDirectory() {
    return data.path();
  }

  /** Every route that it answers. */
  public List<Route> servedRoutes() {
    return router.routes();
  }

  /** How many clients follow a stream now. */
  public int openStreams() {
    return port.openStreams();
  }

  /** A fresh one-time link that signs the owner in, for whoever started the server. */
  public String signInUrl() {
    WorkspaceId first = store.directory().workspaces().getFirst().id();
    String token = provisioning.signInLink(provisioning.owner(first).id());
    return publicUrl() + Provisioning.SIGN_IN_PATH + token;
  }

  /** The first line of {@code up --json}. */
  public String startLine() {
    ObjectNode line = Json.object();
    line.put("base_url", baseUrl);
    line.put("api_key", credentials.map(Credentials::apiKey).orElse(null));
    line.put("agent_api_key", credentials.map(Credentials::agentApiKey).orElse(null));
    line.put("agent_address", credentials.map(Credentials::agentAddress).orElse(null));
    line.put("org_id", credentials.map(Credentials::orgId).orElse(null));
    line.put("workspace_id", credentials.map(Credentials::workspaceId).orElse(null));
    line.put("dashboard_url", publicUrl() + "/tasks");
    line.put("sign_in_url", signInUrl());
    line.put("private_callbacks", settings.privateCallbacks());
    line.put("data_dir", data.path().toString());
    metricsUrl.ifPresent(url -> line.put("metrics_url", url + "/metrics"));
    line.put("version", VERSION);
    return Json.text(line);
  }

  /** Calls {@code tell} with a line for each request that begins to wait for people. */
  public void onRequest(Consumer<String> tell) {
    RequestLines lines = new RequestLines(store, publicUrl(), tell);
    for (Directory.Workspace workspace : store.directory().workspaces()) {
      WorkspaceId id = workspace.id();
      engine.feeds().watchAll(id, root -> workers.execute(() -> lines.changed(id, root)));
    }
  }

  private void stopParts() {
    port.endStreams();
    pushes.close();
    engine.close();
    mail.close();
    outbound.close();
    port.close();
    callers.close();
    workers.close();
    telemetry.close();
  }

  /** Says goodbye on open streams, commits and answers what waits, then stops. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stopParts();
    store.close();
    data.close();
  }
}
