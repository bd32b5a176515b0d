/**
 * What a Pod is handed in folders: the files of a plan, Secrets, the volumes of sources. Folders
 * come in; it must not know who mounted them, nor what becomes of what it reads.
 */
package dev.lettershop.worker.mount;
