namespace Shop.Settings;

/// <summary>A service of the shop. One process hosts any subset of them.</summary>
internal enum ShopService
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Takes orders and calls the other services.</summary>
    Orders = 1,

    /// <summary>Knows prices, weights and stock.</summary>
    Inventory = 2,

    /// <summary>Quotes the cost of shipping.</summary>
    Shipping = 3,

    /// <summary>Charges the customer.</summary>
    Payments = 4,

    /// <summary>Tells the customer, after the order was taken.</summary>
    Notifications = 5,
}
