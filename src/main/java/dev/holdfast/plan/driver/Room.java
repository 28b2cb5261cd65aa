package dev.holdfast.plan.driver;

/// Staging as the driver sees it, in bytes.
///
/// @param capacity what an empty staging could take; 0 = the set does not stage
/// @param available what is free for new promises now; may be negative when the disk filled up
/// @param reserve below so much, only incrementals are dumped
/// @param draining true: images that lie here are being written, or will be, which gives room
public record Room(long capacity, long available, long reserve, boolean draining) {

  public Room {
    if (capacity < 0 || reserve < 0) {
      throw new IllegalArgumentException("capacity " + capacity + ", reserve " + reserve);
    }
  }
}
