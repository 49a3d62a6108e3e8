package dev.axme.server.pages;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a person posted: outcome, comment, evidence and the form's fields, typed as the schema says.
 *
 * <p>With errors it must not be decided; the page is shown again with them. Texts are empty when
 * nothing was typed. The fields are not validated against the schema yet.
 */
public record PostedDecision(
    String outcome, String comment, String evidence, ObjectNode fields, List<FieldError> errors) {

  public PostedDecision {
    errors = List.copyOf(errors);
  }

  /** The same decision as the {@code task_result} of a resume. */
  public ObjectNode taskResult() {
    ObjectNode result = JsonNodeFactory.instance.objectNode().put("outcome", outcome);
    if (!comment.isEmpty()) {
      result.put("comment", comment);
    }
    ObjectNode data = fields.deepCopy();
    if (!evidence.isEmpty()) {
      data.put("evidence", evidence);
    }
    if (!data.isEmpty()) {
      result.set("data", data);
    }
    return result;
  }
}
