package dev.lettershop.api.v1alpha1;

public enum HttpAuthType {
  None,
  Bearer,
  Basic,
  OAuth2ClientCredentials
}
