/** What fills the slots of templates, by the rules of a campaign or of one of its variants. */
package dev.lettershop.api.v1alpha1.content;
