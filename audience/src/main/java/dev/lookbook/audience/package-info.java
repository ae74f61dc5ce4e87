/**
 * From a classified catalogue and purchases to the customers worth addressing. {@link dev.lookbook.audience.DemoShop}
 * makes up a shop to try it on; its numbers were fixed before there was a method, in {@code DemoWorld}.
 */
package dev.lookbook.audience;
