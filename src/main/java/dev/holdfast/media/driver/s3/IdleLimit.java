package dev.holdfast.media.driver.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/// Ends a request over which no byte has gone for too long. The JDK's connections time out while
/// they read; one whose peer has stopped to read would wait for ever. Each request runs on a thread
/// of its own.
///
/// With TLS it is a virtual one, because the interrupt of one closes its socket, and anything else
/// would wait for who writes to it. Without TLS the socket can be closed by anybody: there it is a
/// thread of the system, since a virtual one that ever waited for a socket leaves a poller behind,
/// and the JVM waits 0.3 s for that when it exits.
final class IdleLimit implements SdkHttpClient {
  private static final int STEPS = 4;

  private final SdkHttpClient connections;
  private final Duration idle;
  private final ThreadFactory threads;

  IdleLimit(SdkHttpClient connections, Duration idle, boolean tls) {
    this.connections = connections;
    this.idle = idle;
    var kind = tls ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
    this.threads = kind.name("s3-request").factory();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    var lastByte = new AtomicLong(System.nanoTime());
    var watched =
        HttpExecuteRequest.builder()
            .request(request.httpRequest())
            .contentStreamProvider(watched(request, lastByte));
    request.metricCollector().ifPresent(watched::metricCollector);
    return new Watched(connections.prepareRequest(watched.build()), lastByte);
  }

  @Override
  public String clientName() {
    return connections.clientName();
  }

  @Override
  public void close() {
    connections.close();
  }

  private static @Nullable ContentStreamProvider watched(
      HttpExecuteRequest request, AtomicLong lastByte) {
    return request
        .contentStreamProvider()
        .<ContentStreamProvider>map(
            content -> () -> new Filled(new Noting(content.newStream(), lastByte)))
        .orElse(null);
  }

  /// One request, and when its last byte went.
  private final class Watched implements ExecutableHttpRequest {
    private final ExecutableHttpRequest request;
    private final AtomicLong lastByte;

    Watched(ExecutableHttpRequest request, AtomicLong lastByte) {
      this.request = request;
      this.lastByte = lastByte;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      var answer = new FutureTask<>(request);
      var thread = threads.newThread(answer);
      thread.start();
      try {
        return await(answer);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("stopped while it waited for S3");
      } finally {
        if (!answer.isDone()) {
          thread.interrupt();
          request.abort();
        }
      }
    }

    @Override
    public void abort() {
      request.abort();
    }

    private HttpExecuteResponse await(FutureTask<HttpExecuteResponse> answer)
        throws IOException, InterruptedException {
      while (true) {
        try {
          return answer.get(idle.toNanos() / STEPS, TimeUnit.NANOSECONDS);
        } catch (TimeoutException working) {
          if (System.nanoTime() - lastByte.get() > idle.toNanos()) {
            throw new IOException("no byte went for " + idle.toSeconds() + " s", working);
          }
        } catch (ExecutionException failed) {
          throw failure(failed);
        }
      }
    }

    private static IOException failure(ExecutionException failed) {
      return switch (failed.getCause()) {
        case IOException broken -> broken;
        case RuntimeException bug -> throw bug;
        case Error grave -> throw grave;
        case null, default -> new IOException(failed);
      };
    }
  }

  /// Notes each time that bytes are asked for.
  private static final class Noting extends FilterInputStream {
    private final AtomicLong lastByte;

    Noting(InputStream in, AtomicLong lastByte) {
      super(in);
      this.lastByte = lastByte;
    }

    @Override
    public int read() throws IOException {
      lastByte.set(System.nanoTime());
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int got = super.read(bytes, from, length);
      lastByte.set(System.nanoTime());
      return got;
    }
  }

  /// Takes large steps, whatever it is asked for: the connections ask for 4 KiB at a time, and each
  /// time would go through all that signs, counts and paces, or send the few bytes that it has.
  private static final class Filled extends InputStream {
    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int end;

    Filled(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return isOver() ? -1 : buffer[at++] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (isOver()) {
        return -1;
      }
      int step = Math.min(length, end - at);
      System.arraycopy(buffer, at, bytes, from, step);
      at += step;
      return step;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    private boolean isOver() throws IOException {
      if (at == end) {
        at = 0;
        end = in.readNBytes(buffer, 0, buffer.length);
      }
      return end == 0;
    }
  }
}
