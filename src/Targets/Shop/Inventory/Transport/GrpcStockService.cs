using Grpc.Core;
using Shop.Inventory.Transport.Wire;

namespace Shop.Inventory.Transport;

/// <summary>The inventory's operation over gRPC.</summary>
/// <param name="stock">The stock.</param>
internal sealed class GrpcStockService(IStock stock) : Stock.StockBase
{
    /// <inheritdoc />
    public override async Task<CheckReply> Check(CheckRequest request, ServerCallContext context)
    {
        var lines = new StockLine[request.Lines.Count];
        for (var index = 0; index < lines.Length; index++)
        {
            lines[index] = new StockLine(request.Lines[index].Sku, request.Lines[index].Quantity);
        }

        try
        {
            var answer = await stock.TakeAsync(lines, context.CancellationToken);
            return answer.Shortage is { } shortage
                ? throw new RpcException(new Status(StatusCode.FailedPrecondition, shortage.Detail), new Metadata { { GrpcStockOperation.ErrorTrailer, shortage.Error } })
                : new CheckReply { SubtotalCents = answer.SubtotalCents, WeightGrams = answer.WeightGrams };
        }
        catch (StockUnavailableException exception)
        {
            // Internal, not Unavailable: the connection is fine, and another one would meet the same database.
            throw new RpcException(new Status(StatusCode.Internal, exception.Message));
        }
    }
}
