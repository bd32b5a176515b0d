package dev.lettershop.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.smtp.DefaultLastSmtpContent;
import io.netty.handler.codec.smtp.SmtpRequestEncoder;
import io.netty.handler.codec.smtp.SmtpRequests;
import io.netty.handler.codec.smtp.SmtpResponse;
import io.netty.handler.codec.smtp.SmtpResponseDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A small SMTP client on Netty's codec: what an asynchronous client would cost. It pipelines MAIL,
 * RCPT and DATA, sends one prepared message again and again, and does nothing else: no time-outs,
 * no TLS, no judging of replies.
 */
final class NettySender {
  private static final int LONGEST_LINE = 1000;

  private NettySender() {}

  static double messagesPerSecond(int port, byte[] message, int connections, long messages)
      throws Exception {
    EventLoopGroup group =
        new NioEventLoopGroup(Math.min(connections, Runtime.getRuntime().availableProcessors()));
    try {
      long start = System.nanoTime();
      List<CompletableFuture<Void>> ends = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        ends.add(end);
        connect(group, port, new Dialogue(message, messages / connections, end));
      }
      CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get();
      return messages / connections * connections / ((System.nanoTime() - start) / 1e9);
    } finally {
      group.shutdownGracefully();
    }
  }

  private static void connect(EventLoopGroup group, int port, Dialogue dialogue)
      throws InterruptedException {
    new Bootstrap()
        .group(group)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(
                        new SmtpRequestEncoder(), new SmtpResponseDecoder(LONGEST_LINE), dialogue);
              }
            })
        .connect("127.0.0.1", port)
        .sync();
  }

  /** Counts replies: greeting, EHLO, and four to each message. */
  private static final class Dialogue extends SimpleChannelInboundHandler<SmtpResponse> {
    private final ByteBuf message;
    private final CompletableFuture<Void> end;
    private long left;
    private int awaited = -2;

    Dialogue(byte[] message, long messages, CompletableFuture<Void> end) {
      this.message = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(message));
      this.left = messages;
      this.end = end;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, SmtpResponse reply) {
      if (reply.code() >= 400) {
        exceptionCaught(context, new IOException("The sink answered " + reply.code()));
      } else if (awaited == -2) {
        awaited++;
        context.writeAndFlush(SmtpRequests.ehlo("bench.example"));
      } else if (awaited == -1) {
        envelope(context);
      } else if (--awaited == 1) {
        context.writeAndFlush(new DefaultLastSmtpContent(message.duplicate()));
      } else if (awaited == 0) {
        envelope(context);
      }
    }

    private void envelope(ChannelHandlerContext context) {
      if (left-- == 0) {
        context.close();
        end.complete(null);
        return;
      }
      awaited = 4;
      context.write(SmtpRequests.mail("news@shop.example"));
      context.write(SmtpRequests.rcpt("one@people.example"));
      context.writeAndFlush(SmtpRequests.data());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
      end.completeExceptionally(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      end.completeExceptionally(new IOException("The sink closed the connection"));
    }
  }
}
