/**
 * How a desired object comes to the API server: made when absent, left alone when it is as desired
 * or somebody else's, changed otherwise. Knows nothing of campaigns.
 */
package dev.lettershop.controller.apply;
