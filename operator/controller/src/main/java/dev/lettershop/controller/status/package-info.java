/**
 * What is observed, as status: pure functions from resources, Jobs, Pods and the time to conditions
 * and figures, and one thin writer that brings them to the API server. Decides nothing about what
 * is to be made, and knows neither informers nor the operator SDK.
 */
package dev.lettershop.controller.status;
