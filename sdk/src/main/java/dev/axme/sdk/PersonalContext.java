package dev.axme.sdk;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a person is: their account, organization and workspace. */
public record PersonalContext(
    String orgId,
    String workspaceId,
    String email,
    String displayName,
    String organization,
    String workspace,
    Map<String, @Nullable Object> raw) {

  static PersonalContext of(Fields json) {
    Fields context = json.in("context");
    Fields account = json.in("account");
    return new PersonalContext(
        context.text("org_id"),
        context.text("workspace_id"),
        account.text("email"),
        account.text("display_name"),
        json.in("selected_organization").text("name"),
        json.in("selected_workspace").text("name"),
        json.raw());
  }
}
