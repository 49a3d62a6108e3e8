package dev.axme.server.http;

/** The producer of a stream. All its methods run on the stream's event loop. */
public interface Streaming {
  /** The client is there; write to {@code sink} until it or you close. */
  void open(Sink sink);

  /** The client went away, or {@link Sink#end} was called. */
  void closed();

  /** The server stops: say goodbye and end. */
  void stop();

  /** Where a stream goes. Its methods may be called from any thread. */
  interface Sink {
    /** Writes a frame; false when the client does not read and too much is waiting already. */
    boolean write(String frame);

    /** Ends the stream cleanly. */
    void end();

    /** Runs {@code task} on the event loop. */
    void execute(Runnable task);

    /** Runs {@code task} on the event loop after so many milliseconds, unless the stream ended. */
    void after(long millis, Runnable task);

    /** Runs {@code task} on a worker, where it may block. */
    void work(Runnable task);
  }
}
