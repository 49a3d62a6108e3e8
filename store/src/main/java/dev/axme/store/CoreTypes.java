package dev.axme.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import dev.axme.core.Address;
import dev.axme.core.Digest;
import dev.axme.core.IntentId;
import dev.axme.core.Mailbox;
import dev.axme.core.StepId;
import dev.axme.core.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * The scalar forms of core's values: ids, addresses and digests as text, instants as microseconds.
 */
final class CoreTypes {
  private CoreTypes() {}

  static Module module() {
    SimpleModule module = new SimpleModule("core");
    text(module, IntentId.class, IntentId::of);
    text(module, TaskId.class, TaskId::of);
    text(module, StepId.class, StepId::new);
    text(module, Address.class, Address::new);
    text(module, Mailbox.class, Mailbox::of);
    text(module, Digest.class, Digest::new);
    text(module, Duration.class, Duration::parse);
    module.addSerializer(
        Instant.class,
        new StdScalarSerializer<>(Instant.class) {
          private static final long serialVersionUID = 1L;

          @Override
          public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeNumber(Micros.of(value));
          }
        });
    module.addDeserializer(
        Instant.class,
        new StdScalarDeserializer<>(Instant.class) {
          private static final long serialVersionUID = 1L;

          @Override
          public Instant deserialize(JsonParser in, DeserializationContext context)
              throws IOException {
            return Micros.instant(in.getLongValue());
          }
        });
    return module;
  }

  private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> read) {
    module.addSerializer(
        type,
        new StdScalarSerializer<>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeString(value.toString());
          }
        });
    module.addDeserializer(type, new TextReader<>(type, read));
  }

  private static final class TextReader<T> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<String, T> read;

    TextReader(Class<T> type, Function<String, T> read) {
      super(type);
      this.read = read;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return read.apply(in.getText());
    }
  }
}
