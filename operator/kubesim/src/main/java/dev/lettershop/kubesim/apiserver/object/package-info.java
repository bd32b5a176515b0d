/** Objects as the in-memory API server keeps them: types, metadata, schema, patches, selectors. */
package dev.lettershop.kubesim.apiserver.object;
