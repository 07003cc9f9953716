using Google.Protobuf.Reflection;
using PerfLab.Collector.Payloads;
using PerfLab.Collector.Protocol;

namespace PerfLab.Collector.Tests.Reading;

public sealed class OtlpShapesTests
{
    [Fact]
    public void The_shapes_are_those_of_the_generated_messages()
    {
        Compare(ExportTraceServiceRequest.Descriptor, OtlpSchema.TraceRequest, []);
    }

    private static void Compare(MessageDescriptor expected, MessageSchema actual, HashSet<string> seen)
    {
        if (!seen.Add(expected.FullName))
        {
            return;
        }

        var numbers = expected.Fields.InFieldNumberOrder().Select(field => field.FieldNumber).ToList();
        Assert.All(Enumerable.Range(1, 40).Except(numbers), number => Assert.Null(actual.Find(number)));
        foreach (var field in expected.Fields.InFieldNumberOrder())
        {
            var shape = actual.Find(field.FieldNumber);
            Assert.NotNull(shape);
            Assert.Equal(field.JsonName, shape.JsonName);
            Assert.Equal(field.IsRepeated, shape.Repeated);
            Assert.Equal(KindOf(field), shape.Kind);
            if (field.FieldType == FieldType.Message)
            {
                Compare(field.MessageType, shape.Message!, seen);
            }
        }
    }

    private static FieldKind KindOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Bool => FieldKind.Boolean,
        FieldType.UInt32 => FieldKind.UInt32,
        FieldType.Int64 => FieldKind.Int64,
        FieldType.Enum => FieldKind.Enumeration,
        FieldType.Fixed32 => FieldKind.Fixed32,
        FieldType.Fixed64 => FieldKind.Fixed64,
        FieldType.Double => FieldKind.Float64,
        FieldType.String => FieldKind.Text,
        FieldType.Message => FieldKind.Message,
        FieldType.Bytes => field.Name.EndsWith("_id", StringComparison.Ordinal) ? FieldKind.Identifier : FieldKind.Binary,
        _ => FieldKind.Unknown,
    };
}
