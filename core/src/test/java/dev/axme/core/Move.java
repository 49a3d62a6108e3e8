package dev.axme.core;

/** One command of a random walk. */
record Move(Actor actor, IntentCommand command, Moment moment) {
  @Override
  public String toString() {
    return moment.at() + " " + actor.author().ref() + ": " + command;
  }
}
