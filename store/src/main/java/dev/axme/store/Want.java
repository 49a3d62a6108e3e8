package dev.axme.store;

import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import java.util.List;
import java.util.Optional;

/**
 * What one command needs from the transaction.
 *
 * @param fresh the root's id was made for this command: it is not looked for
 * @param request the idempotency key to recall
 * @param credential the key or session to check again; empty for the server's own commands
 * @param newcomers the accounts that it would add: is there one with their id, address or name?
 */
public record Want(
    WorkspaceId workspace,
    RootId root,
    boolean fresh,
    Optional<RequestKey> request,
    Optional<Credential> credential,
    List<Directory.Account> newcomers) {}
