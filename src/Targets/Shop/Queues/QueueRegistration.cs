using Shop.Settings;

namespace Shop.Queues;

/// <summary>The part of a process that is connected to a queue.</summary>
internal static class QueueRegistration
{
    /// <summary>Adds the connection. Before all that uses it: what is added first starts first and stops last.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="settings">Which queue.</param>
    public static void AddQueue(this IServiceCollection services, QueueSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<QueueHost>();
        services.AddHostedService(provider => provider.GetRequiredService<QueueHost>());
        services.AddSingleton<MessageContext>();
    }
}
