package dev.holdfast.image;

import java.util.List;

/// What was read of one image's index.
///
/// @param members what is wanted, and what leads there, in stream order
/// @param isListed the image lists directories, wanted or not: what none of them names is gone
/// @param isEnough false when the wanted members cannot be told from these alone: a directory may
///     have been renamed on the way, or a hard link needs its other name
/// @param frames all frames of the image
record IndexPart(List<Member> members, boolean isListed, boolean isEnough, List<Frame> frames) {
  IndexPart {
    members = List.copyOf(members);
    frames = List.copyOf(frames);
  }
}
