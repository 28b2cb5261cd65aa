package dev.holdfast.model;

/// The way of an image: through staging, or straight to media through a part cache.
public enum Route {
  STAGING,
  DIRECT
}
