namespace Shop.Downstream;

/// <summary>Why a request was refused; the body of every answer that is not a success.</summary>
/// <param name="Error">A word for programs, for example <c>out_of_stock</c>.</param>
/// <param name="Detail">A sentence for people; it names no person.</param>
internal sealed record Rejection(string Error, string Detail);
