package dev.lettershop.api.v1alpha1.model;

/** How a model server is spoken to. */
public enum RemoteProtocol {
  /** Open Inference Protocol v2, as MLServer, KServe and Triton have it. */
  OpenInference,
  /** {@code mlflow models serve}. */
  MLflow,
  /** TensorFlow Serving's REST API. */
  TensorFlowServing,
  /** TorchServe with its JSON envelope. */
  TorchServe
}
