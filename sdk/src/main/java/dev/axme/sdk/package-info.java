/**
 * The Java client for agents, requesters and approvers. Start reading at {@link
 * dev.axme.sdk.AxmeClient}: everything else is what it takes (an {@link
 * dev.axme.sdk.IntentRequest}, a {@link dev.axme.sdk.Decision}) or gives (an {@link
 * dev.axme.sdk.Intent}, a {@link dev.axme.sdk.Result}, the {@link dev.axme.sdk.Deliveries} of an
 * agent).
 */
@NullMarked
package dev.axme.sdk;

import org.jspecify.annotations.NullMarked;
