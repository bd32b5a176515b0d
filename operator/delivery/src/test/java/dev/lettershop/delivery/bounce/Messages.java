package dev.lettershop.delivery.bounce;

import java.nio.charset.StandardCharsets;

/** Messages as servers send them; all people and servers are made up. */
final class Messages {
  private Messages() {}

  static byte[] bytes(String text) {
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  /** As Postfix writes it, with the header of what was sent. */
  static String dsn(String to, String action, String status, String diagnostic) {
    return dsn(to, "ada@example.com", action, status, diagnostic, "");
  }

  static String dsn(
      String to, String recipient, String action, String status, String diagnostic, String header) {
    return """
        Return-Path: <>
        Delivered-To: %s
        Received: by mx.shop.example (Postfix) id 4ABC; Sun, 1 Mar 2026 09:06:00 +0000 (UTC)
        Date: Sun, 1 Mar 2026 09:06:00 +0000 (UTC)
        From: MAILER-DAEMON@relay.example (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: %s
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
         boundary="4ABC.1/relay.example"
        Message-Id: <20260301090600.4ABC@relay.example>

        This is a MIME-encapsulated message.

        --4ABC.1/relay.example
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        This is the mail system at host relay.example.

        I'm sorry to have to inform you that your message could not
        be delivered to one or more recipients.

        --4ABC.1/relay.example
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relay.example
        Arrival-Date: Sun, 1 Mar 2026 09:05:59 +0000 (UTC)

        Final-Recipient: rfc822; %s
        Action: %s
        Status: %s
        Remote-MTA: dns; mx.example.com
        Diagnostic-Code: smtp; %s

        --4ABC.1/relay.example
        Content-Description: Undelivered Message Headers
        Content-Type: text/rfc822-headers

        From: news@shop.example
        To: ada@example.com
        Subject: News
        %s
        --4ABC.1/relay.example--
        """
        .formatted(to, to, recipient, action, status, diagnostic, header);
  }

  /** As a feedback loop sends it to an address of its own, with the recipient left out. */
  static String complaint(String type, String original) {
    return """
        From: feedback@isp.example
        To: fbl@shop.example
        Subject: FW: News
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="part1"

        --part1
        Content-Type: text/plain

        This is an email abuse report.

        --part1
        Content-Type: message/feedback-report

        Feedback-Type: %s
        User-Agent: SomeGenerator/1.0
        Version: 1
        Source-IP: 192.0.2.1

        --part1
        Content-Type: message/rfc822
        Content-Disposition: inline

        From: news@shop.example
        To: redacted@isp.example
        Subject: News
        %s

        Hello
        --part1--
        """
        .formatted(type, original);
  }

  /** A bounce in words only. */
  static String plain(String to, String from, String subject, String text) {
    return """
        Delivered-To: %s
        From: %s
        To: %s
        Subject: %s

        %s
        """
        .formatted(to, from, to, subject, text);
  }

  /** As Amazon SES has SNS mail it, without the envelope. */
  static String sesBounce(String source, String type, String status, String diagnostic) {
    return ses(
        """
        {"notificationType":"Bounce","bounce":{"bounceType":"%s","bounceSubType":"General",\
        "bouncedRecipients":[{"emailAddress":"ada@example.com","action":"failed",\
        "status":"%s","diagnosticCode":"%s"}]},"mail":{"source":"%s","destination":["ada@example.com"]}}"""
            .formatted(type, status, diagnostic, source));
  }

  static String sesComplaint(String source) {
    return ses(
        """
        {"notificationType":"Complaint","complaint":{"complainedRecipients":\
        [{"emailAddress":"ada@example.com"}],"complaintFeedbackType":"abuse"},\
        "mail":{"source":"%s","destination":["ada@example.com"]}}"""
            .formatted(source));
  }

  private static String ses(String json) {
    return """
        From: Notices <no-reply@sns.example>
        To: bounces@shop.example
        Subject: AWS Notification Message
        MIME-Version: 1.0
        Content-Type: text/plain; charset=UTF-8

        %s

        --
        If you wish to stop receiving notifications from this topic, visit the link below.
        """
        .formatted(json);
  }

  /** The notice as a string in a notification of SNS. */
  static String inSnsEnvelope(String notice) {
    int start = notice.indexOf('{');
    int end = notice.lastIndexOf('}') + 1;
    String escaped = notice.substring(start, end).replace("\"", "\\\"");
    return notice.substring(0, start)
        + "{\n  \"Type\" : \"Notification\",\n  \"Message\" : \""
        + escaped
        + "\"\n}"
        + notice.substring(end);
  }

  /** As Outlook.com forwards it: the mail and nothing else. */
  static String forwardedComplaint() {
    return """
        From: staff@hotmail.com
        Subject:  complaint about message from 192.0.2.1
        To: fbl@shop.example
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="part1"

        --part1
        Content-Type: message/rfc822
        Content-Disposition: inline

        From: news@shop.example
        To: ada@example.com
        Subject: News

        Hello
        --part1--
        """;
  }
}
