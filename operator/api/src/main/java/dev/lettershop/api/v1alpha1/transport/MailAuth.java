package dev.lettershop.api.v1alpha1.transport;

/** How one logs in to a mail server; never without TLS. */
public enum MailAuth {
  /** User name and password: AUTH PLAIN or LOGIN. */
  Password,
  /** User name and OAuth 2 access token: AUTH XOAUTH2. The token is read anew for each login. */
  XOAuth2
}
