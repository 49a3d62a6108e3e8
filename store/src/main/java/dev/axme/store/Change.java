package dev.axme.store;

import dev.axme.core.Append;
import dev.axme.core.Effect;
import dev.axme.core.Root;
import dev.axme.core.WorkspaceId;
import java.util.List;
import java.util.Optional;

/**
 * What one command does to the store.
 *
 * @param kept the answer to remember, if the request had a key
 * @param fired the timer whose row goes, unless its time has changed since
 */
public record Change(
    WorkspaceId workspace,
    Optional<Appended> appended,
    Optional<Kept> kept,
    Optional<DueTimer> fired) {

  /**
   * An accepted command.
   *
   * @param after the root after the append
   * @param effects what follows from its events, in order
   * @param blobs the payloads that it names and that are not stored yet
   * @param newcomers the accounts that it adds
   * @param parcels what leaves the server because of it
   */
  public record Appended(
      Root after,
      Append append,
      List<Effect> effects,
      List<Blob> blobs,
      List<Directory.Account> newcomers,
      List<Parcel> parcels) {
    /** One that sends nothing. */
    public Appended(
        Root after,
        Append append,
        List<Effect> effects,
        List<Blob> blobs,
        List<Directory.Account> newcomers) {
      this(after, append, effects, blobs, newcomers, List.of());
    }
  }

  /** An answer under its key. */
  public record Kept(RequestKey request, Memo memo) {}
}
