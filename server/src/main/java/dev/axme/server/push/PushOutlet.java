package dev.axme.server.push;

import dev.axme.core.Append;
import dev.axme.core.Effect;
import dev.axme.core.Root;
import dev.axme.core.WorkspaceId;
import dev.axme.server.outbox.Outlet;
import dev.axme.store.Parcel;
import dev.axme.store.Place;
import java.util.ArrayList;
import java.util.List;

/** Work for an agent that is pushed to: a parcel in the agent's workspace. */
final class PushOutlet implements Outlet {
  private final PushedAccounts accounts;

  PushOutlet(PushedAccounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public List<Parcel> of(WorkspaceId home, Root after, Append append, List<Effect> effects) {
    List<Parcel> parcels = new ArrayList<>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Deliver deliver && deliver.mail() == Effect.Mail.WORK) {
        accounts
            .find(deliver.to().abroad().orElse(home), deliver.to().address())
            .map(
                account ->
                    PushBody.of(
                            new Place(home, after.id()),
                            after.intent(deliver.intent()).orElseThrow())
                        .parcel(account))
            .ifPresent(parcels::add);
      }
    }
    return parcels;
  }
}
