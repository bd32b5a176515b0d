/** What a release holds, tried as people use it. */
package dev.lettershop.release;
