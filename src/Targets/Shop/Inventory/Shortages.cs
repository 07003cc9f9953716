using Shop.Downstream;

namespace Shop.Inventory;

/// <summary>The reasons for which an order cannot be fulfilled from stock.</summary>
internal static class Shortages
{
    /// <summary>Gets the answer for a product that does not exist.</summary>
    public static StockAnswer Unknown { get; } = new(0, 0, new Rejection("unknown_sku", "A product of the order is not in the catalogue."));

    /// <summary>Gets the answer for a product of which there is not enough.</summary>
    public static StockAnswer OutOfStock { get; } = new(0, 0, new Rejection("out_of_stock", "A product of the order is out of stock."));
}
