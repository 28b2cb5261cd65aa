package dev.holdfast.media.driver.s3;

/// What is asked of a bucket, in words and as the right that it takes.
enum Action {
  WRITE("write", "s3:PutObject"),
  READ("read", "s3:GetObject"),
  LIST("list", "s3:ListBucket"),
  LOCK("lock", "s3:PutObjectRetention and s3:GetObjectRetention"),
  REMOVE("remove", "s3:DeleteObject and s3:DeleteObjectVersion"),
  LOCATE("learn the region of", "s3:GetBucketLocation"),
  LIST_UPLOADS("list unfinished uploads below", "s3:ListBucketMultipartUploads"),
  ABORT("end the unfinished upload of", "s3:AbortMultipartUpload"),
  INSPECT(
      "learn the settings of", "s3:GetBucketVersioning and s3:GetBucketObjectLockConfiguration");

  private final String words;
  private final String right;

  Action(String words, String right) {
    this.words = words;
    this.right = right;
  }

  String words() {
    return words;
  }

  String right() {
    return right;
  }
}
