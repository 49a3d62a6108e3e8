package dev.axme.bench.load;

import java.nio.ByteBuffer;

/**
 * What a load run sends and hears. Called by the loop's one thread only, never twice at once for
 * one connection: a connection sends its next request after its last answer.
 */
public interface Traffic {

  /** Puts the next whole request into {@code out}; false when there is nothing more to send. */
  boolean next(int connection, ByteBuffer out);

  /** Hears the answer to the connection's last request; the body is valid during the call only. */
  void answered(int connection, int status, AnswerBody body);
}
