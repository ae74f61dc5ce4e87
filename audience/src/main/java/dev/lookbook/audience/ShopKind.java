package dev.lookbook.audience;

/** What moves the customers of a made-up shop. */
public enum ShopKind {
    /** Customers differ in what they like and how often they come; tastes drift, and customers are lost. */
    TASTE,

    /** Customers differ in how often they come; what they buy is what everyone buys just then. */
    POPULAR,

    /** Every customer buys any article as likely as any other customer: nothing is there to be found. */
    NULL
}
