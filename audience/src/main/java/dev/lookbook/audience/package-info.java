/**
 * From a classified catalogue and purchases to the customers worth addressing. Start with {@link
 * dev.lookbook.audience.Audience}; the method is derived in {@code docs/audience-method.md}, and its steps are the
 * {@code .sql} files beside these classes. {@link dev.lookbook.audience.DemoShop} makes up a shop to try it on, and knows
 * nothing of the method.
 */
package dev.lookbook.audience;
