/** What the in-memory API server does as a real one would. */
package dev.lettershop.kubesim.apiserver;
