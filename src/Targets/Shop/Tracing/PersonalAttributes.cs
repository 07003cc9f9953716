namespace Shop.Tracing;

/// <summary>Names of attributes that describe a person. They are on spans only when the settings ask for the mistake.</summary>
internal static class PersonalAttributes
{
    /// <summary>The customer's name; no pattern finds it.</summary>
    public const string Name = "user.full_name";

    /// <summary>The customer's mail address.</summary>
    public const string Email = "user.email";

    /// <summary>The customer's telephone number.</summary>
    public const string Phone = "user.phone";

    /// <summary>The number of the customer's card.</summary>
    public const string CardNumber = "payment.card_number";

    /// <summary>What the customer wrote, in which anything may stand.</summary>
    public const string Note = "order.note";
}
