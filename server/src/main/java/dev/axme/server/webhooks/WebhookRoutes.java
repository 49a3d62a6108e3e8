package dev.axme.server.webhooks;

import dev.axme.server.http.Route;
import dev.axme.server.identity.Callbacks;
import dev.axme.server.identity.Callers;
import dev.axme.store.Store;
import java.util.ArrayList;
import java.util.List;

/** The routes of webhooks (section 8.2). */
public final class WebhookRoutes {
  private static final int EVENTS_A_MINUTE = 600;

  private final SubscriptionRoutes subscriptions;
  private final EventRoutes events;
  private final DeliveryRoutes deliveries;

  /** Routes that take events with payloads of up to {@code maxPayload} bytes. */
  public WebhookRoutes(
      Store store, Callers callers, Publisher publisher, Callbacks callbacks, int maxPayload) {
    this.subscriptions = new SubscriptionRoutes(store, callers, callbacks);
    PublishLimit limit = new PublishLimit(EVENTS_A_MINUTE);
    this.events = new EventRoutes(store, publisher, limit, maxPayload);
    this.deliveries = new DeliveryRoutes(store, publisher, limit);
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(subscriptions.routes());
    routes.addAll(events.routes());
    routes.addAll(deliveries.routes());
    return routes;
  }
}
