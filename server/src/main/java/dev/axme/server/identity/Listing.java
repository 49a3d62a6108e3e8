package dev.axme.server.identity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list that is small enough to be read whole. Without {@code limit} a page holds
 * 1,000 entries: published clients know no pages here.
 *
 * @param name the answer's member
 * @param id what the cursor names: the last entry of the page before
 */
record Listing<T>(String name, Function<T, String> id, Function<T, ObjectNode> json) {
  private static final int MOST = 1_000;

  Reply page(Call call, List<T> all) {
    int limit = call.limit(MOST, MOST);
    int from = call.query("cursor").map(cursor -> after(cursor, all)).orElse(0);
    List<T> page = all.subList(from, Math.min(from + limit, all.size()));
    ObjectNode answer = Json.ok();
    ArrayNode list = answer.putArray(name);
    page.forEach(entry -> list.add(json.apply(entry)));
    boolean more = from + page.size() < all.size();
    answer.put("next_cursor", more ? id.apply(page.getLast()) : null);
    return Reply.json(answer);
  }

  private int after(String cursor, List<T> all) {
    for (int i = 0; i < all.size(); i++) {
      if (id.apply(all.get(i)).equals(cursor)) {
        return i + 1;
      }
    }
    throw Problem.invalid("cursor", "is not one that a page of this list named.");
  }
}
