/** Numbers of many people as flat arrays, and how they are brought to one scale. Pure. */
package dev.lettershop.models.table;
