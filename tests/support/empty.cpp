// Nothing: the target that this file makes exists for its precompiled header.
