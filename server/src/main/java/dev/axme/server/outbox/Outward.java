package dev.axme.server.outbox;

import dev.axme.core.Append;
import dev.axme.core.Effect;
import dev.axme.core.Root;
import dev.axme.core.WorkspaceId;
import dev.axme.engine.Channel;
import dev.axme.engine.Engine;
import dev.axme.engine.Outlets;
import dev.axme.store.Parcel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The ways out of the server. */
public final class Outward implements Outlets {
  private final boolean reachPeople;
  private final List<Outlet> outlets;
  private final List<Function<Engine, List<Channel>>> ways;

  /**
   * Ways out.
   *
   * @param reachPeople whether mails are sent
   * @param ways makes what carries the parcels; each needs the engine to say what became of them
   */
  public Outward(
      boolean reachPeople, List<Outlet> others, List<Function<Engine, List<Channel>>> ways) {
    this.reachPeople = reachPeople;
    this.ways = List.copyOf(ways);
    this.outlets = new ArrayList<>(others);
    if (reachPeople) {
      outlets.add(new NoticeOutlet());
    }
  }

  @Override
  public boolean reachPeople() {
    return reachPeople;
  }

  @Override
  public List<Parcel> of(WorkspaceId home, Root after, Append append, List<Effect> effects) {
    List<Parcel> parcels = new ArrayList<>();
    outlets.forEach(o -> parcels.addAll(o.of(home, after, append, effects)));
    return parcels;
  }

  /** What carries the parcels. */
  public List<Channel> channels(Engine engine) {
    return ways.stream().flatMap(way -> way.apply(engine).stream()).toList();
  }
}
