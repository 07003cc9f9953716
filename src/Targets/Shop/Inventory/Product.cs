using System.Globalization;

namespace Shop.Inventory;

/// <summary>A product that every inventory is seeded with: <c>SKU-0001</c> to <c>SKU-1000</c> in plenty, and <c>SKU-SOLD-OUT</c>.</summary>
/// <param name="Sku">The product's number.</param>
/// <param name="PriceCents">The price of a piece, in hundredths of the shop's currency.</param>
/// <param name="WeightGrams">The weight of a piece.</param>
/// <param name="Stock">Pieces in stock.</param>
internal sealed record Product(string Sku, long PriceCents, long WeightGrams, long Stock)
{
    private const int Count = 1000;

    // Enough for a week of a million reservations a minute of one and the same product.
    private const long Plenty = 10_000_000_000;

    /// <summary>Lists all products; the same in every run.</summary>
    /// <returns>The products by their numbers, the sold-out one last.</returns>
    public static IEnumerable<Product> All()
    {
        for (var number = 1; number <= Count; number++)
        {
            yield return Numbered(number, string.Create(CultureInfo.InvariantCulture, $"SKU-{number:0000}"), Plenty);
        }

        yield return Numbered(Count, "SKU-SOLD-OUT", 0);
    }

    // Prices from 1.99 to 100.99 and weights from 100 g to 5 kg.
    private static Product Numbered(int number, string sku, long stock) =>
        new(sku, (100L * (1 + (number * 37 % 100))) + 99, 100L * (1 + (number * 13 % 50)), stock);
}
