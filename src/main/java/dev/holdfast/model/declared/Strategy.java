package dev.holdfast.model.declared;

/// Which levels a source gets.
///
/// `standard`: fulls once a cycle, incrementals between; `nofull`: level 1 on one full for ever;
/// `noinc`: only fulls; `incronly`: incrementals of every level on one full; `skip`: nothing.
/// Whatever the strategy, the first image of a source is a full: there is nothing to build on.
public enum Strategy {
  STANDARD,
  NOFULL,
  NOINC,
  INCRONLY,
  SKIP
}
