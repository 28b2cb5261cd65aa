package dev.holdfast.image;

/// The shell text in each header that restores the image with standard programs and no Holdfast.
/// POSIX `sh`, its builtins, and dd, head, tail, sha256sum, zstd and tar only.
final class Recipe {
  private Recipe() {}

  static String of(ImageSpec spec) {
    var decode = spec.compressionName().equals("none") ? "" : " |\n  zstd --decompress --stdout";
    var parent =
        spec.parent()
            .map(
                id ->
                    """
                    # This is an incremental image: restore image %s first, into the same folder.
                    """
                        .formatted(id))
            .orElse("");
    return """
        # Restore this image without Holdfast. Copy this text into a file, then, with every
        # volume that holds a file named *%1$s.p* below the current folder:
        #   sh recipe /empty/target/folder
        # A part is: 32768 bytes of header, then Length bytes of payload, then padding.
        %3$sset -eu
        target=$1
        field() { dd if="$1" bs=32768 count=1 2>/dev/null | while IFS=' ' read -r key value; do
          case $key in "$2:") echo "$value"; break ;; '') break ;; esac; done; }
        payload() { tail -c +32769 "$1" | head -c "$(field "$1" Length)"; }
        parts() { for part in p????; do [ ! -e "$part" ] || echo "$part"; done
          n=1; while [ "$n" -le 9999 ]; do
            name=$(printf 'p%%04d' "$n"); found=
            for part in *"%1$s.$name" */*"%1$s.$name"; do
              if [ -e "$part" ] && [ -z "$found" ]; then found=$part; echo "$part"; fi; done
            [ -n "$found" ] || break; n=$((n + 1)); done; }
        parts | while read -r part; do
          [ "$(payload "$part" | sha256sum | head -c 64)" = "$(field "$part" SHA-256)" ] ||
            { echo "DAMAGED: $part" >&2; exit 1; }
        done
        parts | while read -r part; do payload "$part"; done%2$s |
          tar --extract --listed-incremental=/dev/null --numeric-owner --xattrs --xattrs-include='*' \\
            --acls --preserve-permissions --directory="$target"
        """
        .formatted(spec.image(), decode, parent);
  }
}
