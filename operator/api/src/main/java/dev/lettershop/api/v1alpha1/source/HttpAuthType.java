package dev.lettershop.api.v1alpha1.source;

/** How requests to an HTTP API are authorised. */
public enum HttpAuthType {
  None,
  Bearer,
  Basic,
  OAuth2ClientCredentials
}
