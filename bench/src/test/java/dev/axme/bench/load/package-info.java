/** The load generator's own tests. Start reading at {@link AnswerParserTest}. */
@NullMarked
package dev.axme.bench.load;

import org.jspecify.annotations.NullMarked;
